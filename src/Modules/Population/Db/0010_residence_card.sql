-- Foreigners show who they are by a residence card (Luật Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài 47/2014; NĐ 69/2024 article 7).
alter table population.id_paper drop constraint "population.paper-kind",
  add constraint "population.paper-kind" check (kind in ('cmnd', 'cmnd12', 'cccd', 'can-cuoc', 'permanent-residence-card', 'temporary-residence-card'));
create index id_paper_residence_card on population.id_paper (upper(regexp_replace(number, '[^A-Za-z0-9]', '', 'g'))) where kind in ('permanent-residence-card', 'temporary-residence-card');
comment on column population.id_paper.kind is 'cmnd (9 digits), cmnd12, cccd (2016-2024), can-cuoc (since 2024-07-01); of foreigners permanent-residence-card, temporary-residence-card.';
