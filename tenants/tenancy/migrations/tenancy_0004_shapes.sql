-- What compiled reads share (graphql/concordat_graphql/shapes): each function mirrors one of the ordinary path.

create schema shape;
grant usage on schema shape to concordat_app, concordat_worker, concordat_national, concordat_public;

-- concordat_graphql.ids.encode and paging.cursor: URL-safe base64 without padding or line ends. Four replacements cost
-- a fifth of one translate().
create function shape.opaque(value text) returns text language sql stable parallel safe
    return replace(replace(replace(replace(
        encode(convert_to(value, 'UTF8'), 'base64'), E'\n', ''), '+', '-'), '/', '_'), '=', '');

-- tenants.resourcing.rules.pounds: £1,234.50, whole pounds without pence, the minus sign of print.
create function shape.pounds(pence bigint) returns text language sql immutable parallel safe
    return case when pence < 0 then '−' else '' end || '£' || to_char(abs(pence) / 100, 'FM999,999,999,999,999,990')
        || case when pence % 100 = 0 then '' else '.' || to_char(abs(pence) % 100, 'FM00') end;

-- tenants.resourcing.rules.year_label: 2026-27.
create function shape.year_label(year integer) returns text language sql immutable parallel safe
    return year || '-' || to_char((year + 1) % 100, 'FM00');

-- An instant as Python's isoformat(timespec="microseconds") writes it, for cursors.
create function shape.instant(at timestamptz) returns text language sql stable parallel safe
    return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"');

-- A field that is never null has an answer, or the statement fails and the ordinary path says why.
create function shape.required(value json) returns json language plpgsql stable parallel safe as $$
begin
    if value is null then
        raise exception 'a field that is never null has no row' using errcode = 'no_data_found';
    end if;
    return value;
end
$$;
