"""The pages and schemas that are made from the code and the law, one module a kind."""
