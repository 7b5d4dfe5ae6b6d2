"""Documents -> quoted statements -> positions of countries, in three times: valid, published, recorded."""
