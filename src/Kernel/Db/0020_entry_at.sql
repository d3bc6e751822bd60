-- The journal is asked for its last weeks each night; rows come nearly in the order of their time, so that a summary for each block of pages is enough.
create index entry_at on journal.entry using brin (at);
