-- The national monitor over the rows that are kept for it: one flat line for each area, nothing left to put together.
create view peer.national_area with (security_invoker = true) as
select a.id, a.slug, a.name, lower(a.name collate "C") as sort_name, a.lifecycle,
    array(select c.la_name from public.area_local_authority c
        where c.area_id = a.id and c.valid_from <= current_date and (c.valid_to is null or c.valid_to >= current_date)
        order by c.la_name) as local_authority_names,
    m.standing as membership_standing, m.words as membership_words,
    b.standing as budget_standing, b.words as budget_words,
    k.standing as cooperation_standing, k.words as cooperation_words,
    f.standing as flags_standing, f.words as flags_words
from public.area a
    left join public.area_fact m on m.area_id = a.id and m.subject = 'membership'
    left join public.area_fact b on b.area_id = a.id and b.subject = 'budget'
    left join public.area_fact k on k.area_id = a.id and k.subject = 'cooperation'
    left join public.area_fact f on f.area_id = a.id and f.subject = 'flags';
comment on view peer.national_area is '@primaryKey id';
grant select on peer.national_area to concordat_app, concordat_national;
