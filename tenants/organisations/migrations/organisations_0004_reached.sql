-- The organisations that somebody reaches count in their standing also where none of them is present in any area: joined
-- by `||`, a missing presence made all of it null, and a school that left its trust then changed nothing.
create or replace function security.standing(which uuid, unseen interval) returns text
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
    who uuid;
    self text;
    roles text;
    bodies uuid[];
    reached text;
    present text;
begin
    select p.id, p.xmin::text into who, self
    from public.session s join public.person p on p.id = s.person_id
    where s.id = which and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - unseen;
    if not found then
        return null;
    end if;
    select string_agg(concat_ws('.', r.xmin, a.xmin), ',' order by r.id), array_agg(r.organisation_id)
            filter (where r.organisation_id is not null)
        into roles, bodies
    from public.role_assignment r left join public.area a on a.id = r.area_id where r.person_id = who;
    if bodies is not null then
        select string_agg(o.xmin::text, ',' order by o.id), array_agg(o.id) into reached, bodies
        from public.organisation o where o.id = any (bodies) or o.trust_id = any (bodies);
        select string_agg(x.xmin::text, ',' order by x.organisation_id, x.area_id, x.basis, x.valid_from) into present
        from public.area_organisation x where x.organisation_id = any (bodies);
    end if;
    return concat_ws('/', who, self, roles, md5(concat(reached, '/', present)));
end
$$;
