create table population.syllable (
  syllable text primary key);
comment on table  population.syllable is 'The few hundred folded syllables that names are made of, from which slips are told.';
comment on column population.syllable.syllable is 'Lower case, without marks.';
insert into population.syllable select distinct s from population.name, unnest(syllables) s;
grant select, insert on population.syllable to sogoc_app;

create function population.fold(value text) returns text language sql immutable strict parallel safe
  return translate(lower(normalize(value, NFC)), 'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ', 'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd');
comment on function population.fold(text) is 'A text without marks and capitals, for words of an address; names are folded by the program.';
