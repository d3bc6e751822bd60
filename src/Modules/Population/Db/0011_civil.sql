-- Acts of civil status tell of persons too: of those the journal is seen by who sees all.
alter policy within_duty on journal.entry using (kind !~ '^(population|identity|civil)\.' or kind = 'population.household-recorded'
  or subject = any((select population.named_persons())::uuid[]) or population.within_duty(subject, (select population.duty_areas())));
