-- The calendar of the offices is the Kernel's, where every module finds it.
insert into kernel.day_off (day, works, name) select day, works, name from identity.day_off on conflict do nothing;
drop table identity.day_off;
