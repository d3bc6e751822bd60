-- A notification serves once; where the birth was revoked it can serve for the right one.
alter table civil.entry drop constraint "civil.notification-used";
create index entry_notification on civil.entry (notification) where notification is not null;
create or replace function civil.notification_served(number text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from civil.entry e where e.notification = number and not exists (select from civil.annotation a where a.entry_id = e.id and a.kind = 'annulled'))
$$;
-- Of two at once the second waits, and finds the first.
create function civil.notification_once() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('civil.notification ' || new.notification, 0));
  if civil.notification_served(new.notification) then
    raise exception 'civil.notification-used: it serves once' using errcode = 'unique_violation', constraint = 'civil.notification-used';
  end if;
  return new;
end $$;
revoke execute on function civil.notification_once() from public;
create trigger notification_once before insert on civil.entry for each row when (new.notification is not null) execute function civil.notification_once();
