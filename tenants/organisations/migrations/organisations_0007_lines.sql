-- The line of a register file that last said what an establishment or trust is, so that an import knows it again without
-- reading it. A line is known while the organisation has the content that the line came to: whatever else changes an
-- organisation changes nothing that the line says of it. `form` stands for the file's columns and our rules for them.
-- No foreign keys: looking up each of fifty thousand would cost as much as all the rest of an import.
create table register_line (
    kind text not null check (kind in ('groups', 'establishments')),
    number integer not null, -- URN or UID
    form bytea not null check (length(form) = 32),
    digest bytea not null check (length(digest) = 32),
    content_hash bytea not null,
    import_id uuid not null,
    primary key (kind, number)
);
alter table register_line enable row level security;
alter table register_line force row level security;
create policy register_reads on register_line for select to concordat_worker
    using ((select security.has('register')));
create policy register_writes on register_line for insert to concordat_worker
    with check ((select security.has('register')));
create policy register_changes on register_line for update to concordat_worker
    using ((select security.has('register'))) with check ((select security.has('register')));
grant select, insert, update (form, digest, content_hash, import_id) on register_line to concordat_worker;
