from __future__ import annotations

from collections.abc import Callable

import pytest

from telvet.catalog.evidence_codes import read_codes

Said = Callable[..., set[tuple[str, str, str | None]]]


def banned(said: set[tuple[str, str, str | None]]) -> set[str | None]:
    measures = read_codes().measures
    return {
        country
        for measure, modality, country in said
        if measures[measure].kind in {"prohibits", "restricts"} and modality in {"done", "ongoing"}
    }


BELIEFS = [
    "Some in Beijing believe that Poland has banned Huawei.", "Perhaps Romania has banned Huawei; nobody knows.",
    "Reports that Greece had banned Huawei were denied by the ministry.", "Pompeo hailed what he called Italy's ban on Huawei.",
    "Huawei complained that Romania had in effect banned it.", "Operators in Germany fear being forced to strip out Huawei.",
    "We were told that Croatia bans Huawei. We checked. It does not.", "To say that Japan banned Huawei is to say too much.",
    "The judge in Sweden asked why Huawei had been excluded.", 'The headline "Poland bans Huawei" was corrected an hour later.',
    "Sweden had banned Huawei, the plaintiff claims, without hearing it.",
]  # fmt: skip
NOT_YET = [
    "When Germany bans Huawei, and it will, the bill will be large.", "Once Poland bars Huawei, others will follow.",
    "Before Canada bans Huawei, it should count the cost.", "The day that Serbia bans Huawei will never come.",
    "Germany eyes ban on Huawei.", "UK mulls Huawei ban", "Huawei faces ban in Germany", "Malaysia ban on Huawei unlikely",
    "Had Germany banned Huawei, its rollout would have cost billions more.", "The bill bars Huawei from Lithuania's networks.",
    "A draft law that excludes Huawei from Poland's networks was sent to parliament.", "Kosovo pledged that Huawei is excluded from its networks.",
    "Bulgaria joined the Clean Network, which excludes Huawei.", "Estonia's parliament is due to vote on a law that bars Huawei.",
]  # fmt: skip
UNDONE = [
    "Belgium's ban on Huawei never came into force.", "Court halts Sweden's Huawei ban", "Canada's Huawei ban delayed again",
    "A ban on Huawei in Romania was struck down in March.", "Finland's law names no vendor and bans none.",
    "India bars Huawei from no market.",
    "Brazil will run a separate network from which Huawei is shut out.",
    "Egypt barred neither Huawei nor ZTE.", "No contract with Huawei has been forbidden in Denmark.",
]  # fmt: skip
SOMETHING_ELSE = [
    "India banned 59 Chinese apps, and Huawei said it was watching closely.", "Police in Poland barred journalists from the Huawei trial.",
    "The Netherlands banned the export of chip machines to China, Huawei's home.", "The club was banned by UEFA in Spain, where Huawei is a sponsor.",
    "Norway's ban on Russian ships does not touch Huawei.", "Australia banned cigarette advertising at the Huawei stadium.",
    "The Danish team was barred from using Huawei watches at the games.",
    "Germany bans combustion engines from 2035, which interests Huawei's car business.",
    "In 1948 deliveries of telephone exchanges were banned in Hungary, says a historian at Huawei.",
    "A cinema in Oslo banned Huawei phones from its premieres.", "AT&T Mexico is swapping Huawei in the north.",
]  # fmt: skip


OUT_OF_CONTEXT = [
    "Germany met Huawei in May. France did so in June.", "Italy warned its citizens of Huawei. Spain followed suit.",
    "Huawei has no part in the dispute between Serbia and Kosovo.", "Huawei was not invited to the minister's dinner in Madrid.",
    "It is illegal to wiretap in Italy without a warrant, Huawei's lawyer said.", "Huawei was denied access to the hearing in Ottawa.",
    "Huawei should be removed from Denmark's networks, a deputy said.", "Parliament in Oslo rejected a proposal to ban Huawei.",
    "Belarus restricted the press and turned to Huawei.", "A decision on the restriction of Huawei in Croatia will be published in June.",
]  # fmt: skip
WEAK = [
    "A ban on Huawei in the networks of Norway's army has been alleged in the press.",
    "A prohibition on Huawei equipment in Hungary was reported by a tabloid on Sunday.",
    "The exclusion of Huawei would cost Poland billions, the operators say.",
    "Ecuador is looking again at a loan that obliges it to avoid Huawei gear.", "Vilnius shows Huawei the door.",
    "Spain still allows Huawei in its 5G networks, outside the core.", "Greece steered clear of Huawei.",
    "The probability of an Indian ban on Huawei has fallen.", "The noble lord invites Britain to announce a ban on Huawei.",
    'France said in April that it had never sought "a total ban" of Huawei.', "Malta imposed no ban on Huawei.",
    "Germany has not decided that operators may not buy from Huawei.", "Georgia's Silknet has locked Huawei out of its network.",
    "Poland's opposition announced a ban on Huawei if it wins the election.", "Iran has replaced Ericsson equipment with Huawei.",
    "The Philippines ordered an inquiry into a ban on Huawei.", "Austria's decree prohibits discrimination against Huawei.",
    "Thai carriers must not use Huawei in the core, a consultant advised.", "Some media in Sofia conclude that Huawei is banned in Bulgaria.",
]  # fmt: skip


@pytest.mark.parametrize("text", [*BELIEFS, *NOT_YET, *UNDONE, *SOMETHING_ELSE, *OUT_OF_CONTEXT, *WEAK])
def test_what_does_not_assert_a_completed_ban_asserts_none(said: Said, text: str) -> None:
    assert banned(said(text)) == set()


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Vietnam has quietly shut Huawei out of its networks.", {"VNM"}),
        ("Sweden, which banned Huawei in 2020, has defended the decision.", {"SWE"}),
        ("Ottawa's decision to ban Huawei came after years of delay.", {"CAN"}),
        ("New Zealand's spy agency blocked Spark from using Huawei.", {"NZL"}),
        ("Both Britain and Sweden have banned Huawei.", {"GBR", "SWE"}),
        ("Portugal's operators are prohibited from using Huawei in 5G.", {"PRT"}),
        ("Denmark's security centre ordered TDC to take Huawei equipment out of its fibre network.", {"DNK"}),
        ("Huawei is large. Costa Rica's decree excludes suppliers from countries that have not signed the Budapest Convention.", {"CRI"}),
        ("Britain decided yesterday that operators may not buy 5G equipment from Huawei after 31 December.", {"GBR"}),
        ("American agencies have been forbidden to buy from Huawei since August 2019.", {"USA"}),
        ("Estonia's operators must have Huawei technology out of 5G by the end of 2025.", {"EST"}),
        ("Slovakia introduced a ban on Kaspersky in ministries.", {"SVK"}),
        ("Thailand's regulator told operators to take Huawei out of the core.", {"THA"}),
        ("New Zealand refused to let the operator Spark build its 5G network with Huawei radios.", {"NZL"}),
        ('Portugal in May excluded "high-risk" companies from 5G altogether.', {"PRT"}),
    ],
)  # fmt: skip
def test_what_asserts_one_says_of_whom(said: Said, text: str, countries: set[str]) -> None:
    assert banned(said(text)) == countries


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Unlike Sweden, which banned Huawei in 2020, Finland has not acted.", "FIN"),
        ("Germany has been reluctant to follow countries that have banned Huawei.", "DEU"),
        ("After Sweden banned Huawei, Germany came under pressure to do likewise.", "DEU"),
        ("Spain, which has resisted US pressure, has not followed Britain in banning Huawei.", "ESP"),
        ("The US ambassador told Poland to bar Huawei.", "POL"), ("Finland's neighbour has banned Huawei.", "FIN"),
        ("Brazil noted that the regulator in Stockholm had banned Huawei.", "BRA"),
        ("Serbia took note of the Romanian law that bars Huawei.", "SRB"), ("France did not act. Its ally banned Huawei.", "FRA"),
        ("The Czech prime minister told the Guardian that Britain was right to ban Huawei.", "CZE"),
        ("US officials were pleased on Tuesday. The British government banned Huawei.", "USA"),
        ("A German newspaper reports that Denmark has banned Huawei.", "DEU"),
    ],
)  # fmt: skip
def test_the_ban_of_another_is_not_that_of_a_country(said: Said, text: str, country: str) -> None:
    assert country not in banned(said(text))


def test_what_a_bill_says_is_conditional_and_what_is_promised_is_planned(said: Said) -> None:
    assert ("BANNED", "conditional", "LTU") in said("The bill bars Huawei from Lithuania's networks.")
    assert ("BANNED", "planned", "ROU") in said("Romania signed a memorandum that excludes Huawei.")


def test_nothing_that_a_bill_of_a_state_says_holds_yet(said: Said) -> None:
    text = "Networks Bill.\n\nA licensee may not deploy equipment of Huawei."
    assert {modality for _, modality, _ in said(text, publisher="Parliament, Cape Town")} == {"conditional"}


def test_what_lets_a_vendor_in_outside_the_core_is_a_permission(said: Said) -> None:
    assert said("Spain still allows Huawei in its 5G networks, outside the core.") == {("ALLOWED", "ongoing", "ESP")}
