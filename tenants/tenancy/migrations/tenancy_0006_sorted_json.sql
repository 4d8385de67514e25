-- concordat_graphql.tenancy.audit: JSON as text with the keys of each object sorted, as
-- json.dumps(…, ensure_ascii=False, sort_keys=True) writes it. (jsonb keeps keys in an order of its own: shorter first.)
create function shape.sorted_json(value jsonb) returns text language plpgsql stable strict parallel safe as $$
begin
    case jsonb_typeof(value)
        when 'object' then
            return '{' || coalesce((
                select string_agg(to_json(key)::text || ': ' || shape.sorted_json(part), ', ' order by key)
                from jsonb_each(value) as each (key, part)), '') || '}';
        when 'array' then
            return '[' || coalesce((select string_agg(shape.sorted_json(part), ', ' order by place)
                from jsonb_array_elements(value) with ordinality as each (part, place)), '') || ']';
        else
            return value::text;
    end case;
end
$$;
