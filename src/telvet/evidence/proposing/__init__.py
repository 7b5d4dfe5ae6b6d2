"""A document -> candidate statements, best first, each with a verbatim quote; nothing here is ever confirmed."""
