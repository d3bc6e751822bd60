-- An official is somebody whom the register may know: by his number he is kept from deciding his own case.
alter table staff.official add column person_number text constraint "staff.number-malformed" check (person_number ~ '^[0-9]{12}$');
comment on column staff.official.person_number is 'His personal number; null where nobody has told it. By it he is refused his own case.';
