-- Money is in pence. A budget is of one financial year, named by the calendar year in which it starts on 1 April.

create table budget (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    year smallint not null check (year between 2000 and 2099),
    state text not null default 'draft' check (state in ('draft', 'agreed')),
    note text check (length(note) <= 4000),
    agreed_on date,
    terms integer not null default 1, -- moves on with what is planned: an agreement is to these terms
    version integer not null default 1,
    primary key (area_id, id),
    constraint one_budget_a_year unique (area_id, year),
    check ((state = 'agreed') = (agreed_on is not null))
);
call security.protect('budget');

create table budget_line (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    budget_id uuid not null,
    kind text not null check (kind in ('business_support', 'scrutiny', 'reviews', 'training', 'analysis', 'other')),
    description text not null check (length(description) between 1 and 300),
    planned_pence bigint not null check (planned_pence between 0 and 100000000000),
    outturn_pence bigint check (outturn_pence between 0 and 100000000000),
    removed_reason text check (length(removed_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    foreign key (area_id, budget_id) references budget (area_id, id) on delete restrict
);
create index budget_line_budget on budget_line (area_id, budget_id);
call security.protect('budget_line');

create table contribution (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    budget_id uuid not null,
    partner_id uuid,
    contributor text check (length(contributor) between 2 and 200),
    form text not null check (form in ('cash', 'in_kind')),
    amount_pence bigint not null check (amount_pence between 1 and 100000000000),
    valuation_method text check (length(valuation_method) <= 1000),
    description text check (length(description) <= 1000),
    payer text check (length(payer) <= 200),
    state text not null default 'pledged' check (state in ('pledged', 'agreed', 'invoiced', 'part_received',
        'received', 'withdrawn')),
    invoice_reference text check (length(invoice_reference) <= 100),
    invoiced_on date,
    withdrawn_reason text check (length(withdrawn_reason) <= 1000),
    terms integer not null default 1,
    version integer not null default 1,
    primary key (area_id, id),
    foreign key (area_id, budget_id) references budget (area_id, id) on delete restrict,
    foreign key (area_id, partner_id) references partner_body (area_id, id) on delete restrict,
    -- from a partner body of the area, or from another organisation by name
    check ((partner_id is null) <> (contributor is null)),
    constraint in_kind_is_valued check ((form = 'in_kind') = (valuation_method is not null)),
    check ((state = 'withdrawn') = (withdrawn_reason is not null)),
    check ((invoice_reference is null) = (invoiced_on is null))
);
create index contribution_budget on contribution (area_id, budget_id);
call security.protect('contribution');

create table receipt (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    contribution_id uuid not null,
    received_on date not null,
    amount_pence bigint not null check (amount_pence between 1 and 100000000000),
    reference text check (length(reference) <= 100),
    recorded_at timestamptz not null default now(),
    primary key (area_id, id),
    foreign key (area_id, contribution_id) references contribution (area_id, id) on delete restrict
);
create index receipt_contribution on receipt (area_id, contribution_id);
call security.protect('receipt', 'select, insert');

-- One lead safeguarding partner's agreement, for their body, to a budget or to a contribution on the terms `of_terms`
create table funding_agreement (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    budget_id uuid not null,
    contribution_id uuid,
    partner_id uuid not null,
    appointment_id uuid not null,
    agreed_by uuid not null,
    agreed_name text not null check (length(agreed_name) between 1 and 200),
    agreed_on date not null,
    of_terms integer not null,
    primary key (area_id, id),
    foreign key (area_id, budget_id) references budget (area_id, id) on delete restrict,
    foreign key (area_id, contribution_id) references contribution (area_id, id) on delete restrict,
    foreign key (area_id, partner_id) references partner_body (area_id, id) on delete restrict,
    foreign key (area_id, appointment_id) references appointment (area_id, id) on delete restrict,
    constraint agreed_once unique nulls not distinct (area_id, budget_id, contribution_id, partner_id, of_terms)
);
call security.protect('funding_agreement', 'select, insert');

-- What is paid in cannot be more than was promised, whoever writes and however many at once
create function security.check_receipts() returns trigger language plpgsql as $$
declare
    promised bigint;
begin
    select amount_pence into promised from contribution
        -- not `for update`: that waits for the share lock of another receipt's foreign key, and so for each other
        where area_id = new.area_id and id = new.contribution_id for no key update;
    if promised < (select sum(amount_pence) from receipt
                   where area_id = new.area_id and contribution_id = new.contribution_id) then
        raise exception 'more received than promised'
            using errcode = '23514', constraint = 'not_more_than_promised';
    end if;
    return null;
end
$$;
create trigger not_more_than_promised after insert on receipt
    for each row execute function security.check_receipts();

-- The Department reads whether a budget exists and is agreed, and the amounts of agreed ones; no words
create policy national_reads on budget for select to concordat_national using (true);
grant select (area_id, id, year, state, agreed_on) on budget to concordat_national;
create policy national_reads on budget_line for select to concordat_national using (
    removed_reason is null and
    exists (select from budget b where b.area_id = budget_line.area_id and b.id = budget_id and b.state = 'agreed'));
grant select (area_id, id, budget_id, kind, planned_pence, outturn_pence) on budget_line to concordat_national;
create policy national_reads on contribution for select to concordat_national using (
    state <> 'withdrawn'
    and exists (select from budget b where b.area_id = contribution.area_id and b.id = budget_id and b.state = 'agreed'));
grant select (area_id, id, budget_id, partner_id, form, amount_pence, state) on contribution to concordat_national;
create policy national_reads on receipt for select to concordat_national using (
    exists (select from contribution c where c.area_id = receipt.area_id and c.id = contribution_id));
grant select (area_id, contribution_id, amount_pence) on receipt to concordat_national;
