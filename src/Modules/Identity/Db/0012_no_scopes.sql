-- Scopes stand in the program, and the library asks a store that knows of none: the table was always empty.
drop table identity.openid_scope;
