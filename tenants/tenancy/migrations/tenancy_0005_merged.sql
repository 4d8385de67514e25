-- An area's life is the platform's to change, whatever the code asks in the area's own context; merged is for good.
create function security.guard_area_life() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    if old.lifecycle = 'merged' then
        raise exception 'a merged area stays as it was merged' using errcode = '42501';
    end if;
    if not security.has('platform') then
        raise exception 'only the platform opens or merges an area' using errcode = '42501';
    end if;
    return new;
end
$$;
create trigger guard_life before update on area for each row
    when (old.lifecycle is distinct from new.lifecycle or old.merged_into is distinct from new.merged_into)
    execute function security.guard_area_life();

-- and its own people change nothing of it any more
alter policy platform_updates on area
    using ((select security.has('platform'))
        or (id = any ((select security.write_areas())::integer[]) and lifecycle <> 'merged'));
