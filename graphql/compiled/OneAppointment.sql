select (select '{"data":{"appointment":' || (coalesce((select row_to_json(r) from (select shape.opaque('Appointment:' || (t1.id)) as "id",
  t1.office as "office",
  case t1.office when 'lead' then 'Lead safeguarding partner' when 'delegated' then 'Delegated safeguarding partner' when 'scrutineer' then 'Independent scrutineer' when 'seat' then 'Seat holder' end as "officeLabel",
  shape.opaque('PartnerBody:' || (t1.partner_id)) as "partnerId",
  shape.opaque('BoardSeat:' || (t1.seat_id)) as "seatId",
  t1.person_name as "personName",
  t1.post as "post",
  t1.organisation as "organisation",
  t1.email as "email",
  t1.telephone as "telephone",
  t1.declared_tie as "declaredTie",
  t1.valid_from as "validFrom",
  t1.valid_to as "validTo",
  t1.version as "version"
 from appointment t1
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || ('}}')))
