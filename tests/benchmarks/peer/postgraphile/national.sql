-- The national monitor over the rows that are kept for it; then as one flat line for each area, nothing nested.
create view peer.monitored_area with (security_invoker = true) as
select a.id, a.slug, a.name, lower(a.name collate "C") as sort_name, a.lifecycle,
    array(select c.la_name from public.area_local_authority c
        where c.area_id = a.id and c.valid_from <= current_date and (c.valid_to is null or c.valid_to >= current_date)
        order by c.la_name) as local_authority_names
from public.area a;
comment on view peer.monitored_area is '@primaryKey id';

create view peer.fact with (security_invoker = true) as
select area_id, subject, standing, words from public.area_fact;
comment on view peer.fact is '@primaryKey area_id,subject
@foreignKey (area_id) references peer.monitored_area (id)|@foreignFieldName facts';

create view peer.national_line with (security_invoker = true) as
select a.*, m.standing as membership_standing, m.words as membership_words,
    b.standing as budget_standing, b.words as budget_words,
    k.standing as cooperation_standing, k.words as cooperation_words,
    f.standing as flags_standing, f.words as flags_words
from peer.monitored_area a
    left join peer.fact m on m.area_id = a.id and m.subject = 'membership'
    left join peer.fact b on b.area_id = a.id and b.subject = 'budget'
    left join peer.fact k on k.area_id = a.id and k.subject = 'cooperation'
    left join peer.fact f on f.area_id = a.id and f.subject = 'flags';
comment on view peer.national_line is '@primaryKey id';
grant select on peer.monitored_area, peer.fact, peer.national_line to concordat_app, concordat_national;

-- That an official has read, in one statement: the same entry that our own national reads begin with.
create function peer.record_read(context text, by_name text) returns void language plpgsql volatile as $$
begin
    perform set_config('concordat.context', context, true);
    insert into audit.event (area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id)
    values (0, security.principal()::text, 'person', by_name, 'official', 'national.read', 'national_table', 'areas');
end
$$;
comment on function peer.record_read is '@behavior -*';
