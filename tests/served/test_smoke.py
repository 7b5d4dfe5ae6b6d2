import time
from tests.served.desk import Desk
from tests.served.worlds import *

def test_it(desk: Desk):
    p = desk.place()
    p.set(Facts())
    p.post(rendered([Sketch(0), Sketch(1, marks=("red",)), Sketch(3, refers=(0,0)), Sketch(4, refers=(0,1))], p.seed))
    for o in ("", desk.proxy, desk.hasty):
        t=time.time()
        for _ in range(20):
            a = p.ask("objects/", o)
        print(o, (time.time()-t)/20, a.status, [x["id"] for x in a.objects], a.headers)
    print([s.record.id for s in p.newest()])
    t=time.time()
    for n in range(20):
        p = desk.place(); p.set(Facts()); p.post(rendered([Sketch(0), Sketch(1, marks=("red",)), Sketch(3, refers=(0,0)), Sketch(4, refers=(0,1))], p.seed)); p.ask("objects/"); p.ask("objects/", desk.proxy)
    print((time.time()-t)/20)
