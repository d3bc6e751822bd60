-- Where a merge has taken an account, so that a separation can take it back.
create table identity.moved (
  id          bigint generated always as identity primary key,
  account_id  uuid        not null references identity.account(id),
  from_person uuid        not null references population.person(id),
  to_person   uuid        not null references population.person(id),
  at          timestamptz not null,
  back_at     timestamptz);
create index moved_from on identity.moved (from_person);
comment on table  identity.moved is 'Accounts that came to another record when two were joined, and whether they went back when the two were separated.';
comment on column identity.moved.id is 'Key.';
comment on column identity.moved.account_id is 'The account.';
comment on column identity.moved.from_person is 'Whose it was.';
comment on column identity.moved.to_person is 'The record that stayed.';
comment on column identity.moved.at is 'When it was moved.';
comment on column identity.moved.back_at is 'When it went back.';
grant select on identity.moved to sogoc_app;

create or replace function identity.follow_person() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.status = 'merged' and not exists (select from identity.account where person_id = new.merged_into and closed_at is null) then
    insert into identity.moved (account_id, from_person, to_person, at) select id, new.id, new.merged_into, now() from identity.account where person_id = new.id and closed_at is null;
    update identity.account set person_id = new.merged_into where person_id = new.id and closed_at is null;
    update identity.session set acts_for = null where acts_for = new.id;
    return null;
  end if;
  update identity.session set ended_at = now() where ended_at is null and account_id in (select id from identity.account where person_id = new.id and closed_at is null);
  update identity.account set closed_at = now(), close_reason = new.status where person_id = new.id and closed_at is null;
  update identity.session set acts_for = null where acts_for = new.id;
  return null;
end $$;

-- The account goes back with the record it came from, unless an officer has since seen who stays use it: then it is his. Whoever is signed in has to show anew who he is, and the holder is told either way.
create function identity.follow_separation() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  came identity.moved;
  back boolean;
begin
  select m.* into came from identity.moved m join identity.account a on a.id = m.account_id and a.closed_at is null and a.person_id = m.to_person
   where m.from_person = new.id and m.to_person = old.merged_into and m.back_at is null order by m.id desc limit 1;
  if came.id is null then
    return null;
  end if;
  back := not exists (select from identity.proofing p where p.account_id = came.account_id and p.at > came.at) and not exists (select from identity.account where person_id = new.id and closed_at is null);
  update identity.session set ended_at = now() where ended_at is null and account_id = came.account_id;
  if back then
    update identity.account set person_id = new.id where id = came.account_id;
    update identity.moved set back_at = now() where id = came.id;
  end if;
  insert into identity.message (id, channel, target, body, made_at, next_at)
  select gen_random_uuid(), case when a.phone is null then 'email' else 'sms' end, coalesce(a.phone, a.email),
         case when back then 'So goc: hai ho so tung gop da duoc tach lai. Tai khoan cua ban da ve ho so cua ban. Hay dang nhap lai; neu thay sai, den cong an xa.'
              else 'So goc: hai ho so tung gop da duoc tach lai. Tai khoan nay o lai ho so da duoc can bo xac nhan. Hay dang nhap lai; neu thay sai, den cong an xa.' end, now(), now()
    from identity.account a where a.id = came.account_id and coalesce(a.phone, a.email) is not null;
  return null;
end $$;
create trigger account_goes_back after update of status on population.person for each row
  when (old.status = 'merged' and new.status is distinct from 'merged') execute function identity.follow_separation();
comment on function identity.follow_separation() is 'When two records are separated again, the account that the merge has moved goes back in the same transaction, where it is clear whose it is.';
revoke execute on function identity.follow_separation() from public;
