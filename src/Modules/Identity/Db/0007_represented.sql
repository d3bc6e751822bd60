-- Accounts of those who cannot open one alone: children younger than 14 and wards (NĐ 69/2024, articles 7, 10 and 11).
alter table identity.account add column representative_id uuid references identity.account(id),
  add constraint "identity.represented-ways" check (representative_id is null or (phone is null and email is null and password_hash is null and totp_key is null));
create index account_representative on identity.account (representative_id) where representative_id is not null;
comment on column identity.account.representative_id is 'Account of the parent or guardian through whom alone this one is used, and to whom its messages go; null: its holder uses it himself.';

alter table identity.proofing add column representative_id uuid references population.person(id), add column representative_card text, add column basis text,
  add constraint "identity.proofing-representative" check ((representative_id is null) = (basis is null) and (representative_id is null) = (representative_card is null) and basis in ('parent', 'guardian'));
comment on column identity.proofing.representative_id is 'Parent or guardian who stood there with a child or ward.';
comment on column identity.proofing.representative_card is 'Number of the card that he showed.';
comment on column identity.proofing.basis is 'By what he represents: parent or guardian, as the register had it on that day.';
