-- Whether someone signed in is still who they were when the web process last looked: asked in the same statement that
-- reads for them, so that an ended session, a disabled account or a changed role holds from the very next request.

do $$
declare
    t text;
begin
    foreach t in array array['session', 'person', 'role_assignment', 'machine_client', 'area', 'organisation',
        'area_organisation'] loop
        execute format('create policy standing on %I for select to concordat_owner using (true)', t);
    end loop;
end
$$;

-- Everything that an actor is made of, as the versions of the rows (xmin, so that no column can be forgotten): the
-- person, their roles, the areas of those, the organisations that they reach, and where those are present. What a
-- session itself says never changes. Null when there is no such session, when it has ended, and when it was not seen
-- for so long.
create function security.standing(which uuid, unseen interval) returns text
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
    return concat_ws('/', who, self, roles, md5(reached || '/' || present));
end
$$;
revoke all on function security.standing(uuid, interval) from public;
grant execute on function security.standing(uuid, interval) to concordat_app, concordat_national;

-- False also for a session that was last noted as seen a minute ago: it is due to be noted again.
create function security.session_live(which uuid, stood text) returns boolean
language sql stable return coalesce(security.standing(which, interval '60 seconds') = stood, false);
revoke all on function security.session_live(uuid, text) from public;
grant execute on function security.session_live(uuid, text) to concordat_app, concordat_national;

-- The same for a machine client, which is made of one row.
create function security.client_live(which uuid, stood text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (select from public.machine_client c where c.id = which and c.enabled and c.xmin::text = stood);
end
$$;
revoke all on function security.client_live(uuid, text) from public;
grant execute on function security.client_live(uuid, text) to concordat_app, concordat_national;
