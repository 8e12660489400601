"""The tables, as a list of migrations: only ever append. All strict; observations are only added, never changed."""

from __future__ import annotations

_CATALOG = (
    """CREATE TABLE document (
        code TEXT PRIMARY KEY, title TEXT NOT NULL, doc_no TEXT NOT NULL, issuer TEXT NOT NULL, date TEXT NOT NULL,
        region TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, licence TEXT NOT NULL) STRICT""",
    """CREATE TABLE region (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, level TEXT NOT NULL,
        parent TEXT NOT NULL, aliases TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE cohort (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, members TEXT NOT NULL, first_to INTEGER NOT NULL,
        third_from INTEGER NOT NULL, basis TEXT NOT NULL) STRICT""",
    """CREATE TABLE department (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL) STRICT""",
    """CREATE TABLE indicator (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE measure (
        code TEXT PRIMARY KEY, indicator TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
        direction TEXT NOT NULL CHECK (direction IN ('higher', 'lower', 'none')), definition TEXT NOT NULL,
        scope TEXT NOT NULL, frequency TEXT NOT NULL, numerator TEXT NOT NULL, denominator TEXT NOT NULL,
        per REAL, decimals INTEGER, aliases TEXT NOT NULL, ambiguous_for TEXT NOT NULL,
        document TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE framework (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, year TEXT NOT NULL, document TEXT NOT NULL,
        cohort TEXT NOT NULL REFERENCES cohort (code), weights_basis TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE framework_node (
        framework TEXT NOT NULL REFERENCES framework (code), position INTEGER NOT NULL, code TEXT NOT NULL,
        parent TEXT NOT NULL, name TEXT NOT NULL, weight REAL NOT NULL, direction TEXT, best REAL, worst REAL,
        unit TEXT NOT NULL, power REAL NOT NULL, bounds_basis TEXT NOT NULL, lead TEXT NOT NULL,
        helpers TEXT NOT NULL, PRIMARY KEY (framework, code)) STRICT""",
    """CREATE TABLE fact (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, region TEXT NOT NULL, scope TEXT NOT NULL,
        period TEXT NOT NULL, period_basis TEXT NOT NULL, op TEXT NOT NULL, value REAL, text TEXT NOT NULL,
        unit TEXT NOT NULL, before REAL, before_text TEXT NOT NULL, owner TEXT NOT NULL,
        document TEXT NOT NULL REFERENCES document (code), quote TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE target (
        id TEXT PRIMARY KEY, code TEXT NOT NULL, region TEXT NOT NULL, scope TEXT NOT NULL, op TEXT NOT NULL,
        value REAL, text TEXT NOT NULL, unit TEXT NOT NULL, baseline REAL, baseline_basis TEXT NOT NULL,
        deadline TEXT NOT NULL, deadline_basis TEXT NOT NULL, level TEXT NOT NULL, owner TEXT NOT NULL,
        document TEXT NOT NULL REFERENCES document (code), quote TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE benchmark (
        id TEXT PRIMARY KEY, code TEXT NOT NULL, region TEXT NOT NULL, op TEXT NOT NULL, value REAL,
        text TEXT NOT NULL, unit TEXT NOT NULL, before REAL, before_text TEXT NOT NULL, period TEXT NOT NULL,
        period_basis TEXT NOT NULL, axis TEXT NOT NULL, practice TEXT NOT NULL,
        document TEXT NOT NULL REFERENCES document (code), quote TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE practice (
        id TEXT PRIMARY KEY, "group" TEXT NOT NULL, title TEXT NOT NULL, places TEXT NOT NULL,
        summary TEXT NOT NULL, indicators TEXT NOT NULL, measures TEXT NOT NULL, facts TEXT NOT NULL,
        document TEXT NOT NULL REFERENCES document (code), quote TEXT NOT NULL) STRICT""",
)

_VALUES = (
    """CREATE TABLE batch (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('real', 'demo')),
        status TEXT NOT NULL CHECK (status IN ('published', 'withdrawn')), file TEXT NOT NULL,
        sha256 TEXT NOT NULL, user TEXT NOT NULL, created_at TEXT NOT NULL, rows INTEGER NOT NULL,
        note TEXT NOT NULL, withdrawn_at TEXT, withdrawn_by TEXT) STRICT""",
    """CREATE TABLE observation (
        measure TEXT NOT NULL REFERENCES measure (code), period TEXT NOT NULL,
        region TEXT NOT NULL REFERENCES region (code), batch INTEGER NOT NULL REFERENCES batch (id),
        value REAL NOT NULL, file_sheet TEXT NOT NULL, file_row INTEGER, file_column TEXT NOT NULL,
        note TEXT NOT NULL, provisional INTEGER NOT NULL,
        PRIMARY KEY (measure, period, region, batch)) STRICT, WITHOUT ROWID""",
    # What stands: of each value the latest published batch; demonstration values of a period leave as soon as a
    # real value of one of their measures is published for it.
    """CREATE VIEW current_observation AS
        WITH live AS (
            SELECT o.*, b.kind FROM observation o JOIN batch b ON b.id = o.batch WHERE b.status = 'published'),
        retired AS (
            SELECT DISTINCT d.period FROM live d
            JOIN live r ON r.measure = d.measure AND r.period = d.period
            WHERE d.kind = 'demo' AND r.kind = 'real'),
        standing AS (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY measure, period, region ORDER BY batch DESC) AS age
            FROM live WHERE kind = 'real' OR period NOT IN (SELECT period FROM retired))
        SELECT region, measure, period, value, batch, kind, file_sheet, file_row, file_column, note, provisional
        FROM standing WHERE age = 1""",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "INSERT INTO meta (key, value) VALUES ('data_version', '1')",
)

# Publication has an order of its own (a withdrawn batch may be published again), may wait for a date, and leaves a trail;
# the files that came in, what departments call things, and the proof of single values are kept.
_INTAKE = (
    "DROP VIEW current_observation",
    """CREATE TABLE new_batch (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('real', 'demo')),
        status TEXT NOT NULL CHECK (status IN ('published', 'withdrawn', 'scheduled')), turn INTEGER NOT NULL,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, department TEXT NOT NULL, user TEXT NOT NULL,
        created_at TEXT NOT NULL, due TEXT NOT NULL, rows INTEGER NOT NULL, note TEXT NOT NULL, withdrawn_at TEXT,
        withdrawn_by TEXT) STRICT""",
    """INSERT INTO new_batch SELECT id, kind, status, id, file, sha256, '', user, created_at, '', rows, note, withdrawn_at,
        withdrawn_by FROM batch""",
    "DROP TABLE batch",
    "ALTER TABLE new_batch RENAME TO batch",
    # Of each value the one that was published last; a real one always stands before a demonstration one. Asking whether a
    # later one exists takes half the time of numbering them: the key leads to it, and nothing is sorted.
    """CREATE VIEW latest_observation AS
        SELECT o.region, o.measure, o.period, o.value, o.batch, b.kind, o.file_sheet, o.file_row, o.file_column, o.note,
            o.provisional
        FROM observation o CROSS JOIN batch b ON b.id = o.batch
        WHERE b.status = 'published' AND NOT EXISTS (
            SELECT 1 FROM observation p CROSS JOIN batch c ON c.id = p.batch
            WHERE p.measure = o.measure AND p.period = o.period AND p.region = o.region AND c.status = 'published'
            AND (c.kind = 'real', c.turn) > (b.kind = 'real', b.turn))""",
    # What stands: demonstration values of a period leave as soon as a real value of one of their measures is there.
    """CREATE VIEW current_observation AS
        SELECT * FROM latest_observation
        WHERE kind = 'real' OR period NOT IN (
            SELECT d.period FROM observation d JOIN batch made ON made.id = d.batch
            JOIN observation r ON r.measure = d.measure AND r.period = d.period JOIN batch b ON b.id = r.batch
            WHERE made.status = 'published' AND made.kind = 'demo' AND b.status = 'published' AND b.kind = 'real')""",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, detail TEXT NOT NULL) STRICT""",
    """CREATE TABLE file (
        sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, created_at TEXT NOT NULL, content BLOB NOT NULL) STRICT""",
    """CREATE TABLE word (
        department TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('measure', 'region')), text TEXT NOT NULL,
        code TEXT NOT NULL, unit TEXT NOT NULL, user TEXT NOT NULL, created_at TEXT NOT NULL,
        PRIMARY KEY (department, kind, text)) STRICT""",
    """CREATE TABLE evidence (
        id INTEGER PRIMARY KEY AUTOINCREMENT, measure TEXT NOT NULL REFERENCES measure (code), period TEXT NOT NULL,
        region TEXT NOT NULL REFERENCES region (code), sha256 TEXT NOT NULL REFERENCES file (sha256),
        name TEXT NOT NULL, note TEXT NOT NULL, user TEXT NOT NULL, created_at TEXT NOT NULL, removed_at TEXT,
        removed_by TEXT) STRICT""",
    "CREATE INDEX batch_sha256 ON batch (sha256)",
    "CREATE INDEX evidence_value ON evidence (measure, period, region)",
)

# From a gap to a commitment: campaigns with their phases, declarations with every version, quarterly reports. A declaration's
# content and a report's are JSON, read and written in Python only.
_COMMITMENT = (
    """CREATE TABLE campaign (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, document TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE phase (
        id TEXT PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign (code),
        stage TEXT NOT NULL CHECK (stage IN ('prepare', 'act', 'sum_up')), name TEXT NOT NULL, starts TEXT NOT NULL,
        ends TEXT NOT NULL, task TEXT NOT NULL, quote TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
    """CREATE TABLE declaration (
        id INTEGER PRIMARY KEY AUTOINCREMENT, campaign TEXT NOT NULL REFERENCES campaign (code),
        state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'published', 'dropped')), content TEXT NOT NULL,
        baseline TEXT NOT NULL, comment TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL,
        changed_at TEXT NOT NULL, submitted_at TEXT, published_at TEXT) STRICT""",
    """CREATE TABLE declaration_version (
        id INTEGER PRIMARY KEY AUTOINCREMENT, declaration INTEGER NOT NULL REFERENCES declaration (id),
        at TEXT NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL, comment TEXT NOT NULL, content TEXT NOT NULL) STRICT""",
    """CREATE TABLE report (
        id INTEGER PRIMARY KEY AUTOINCREMENT, declaration INTEGER NOT NULL REFERENCES declaration (id),
        due TEXT NOT NULL, at TEXT NOT NULL, user TEXT NOT NULL, content TEXT NOT NULL) STRICT""",
    "CREATE INDEX declaration_version_of ON declaration_version (declaration)",
    "CREATE INDEX report_of ON report (declaration, due)",
)

# From a target to what is done about it: milestones, the rectification ledger with a history that cannot be changed, what is
# counted by month, and the papers that go out. JSON is read and written in Python only.
_RECTIFICATION = (
    """CREATE TABLE milestone (
        id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL REFERENCES target (id), due TEXT NOT NULL, value REAL,
        user TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
    """CREATE TABLE item (
        id INTEGER PRIMARY KEY AUTOINCREMENT, round INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'doing', 'review', 'closed', 'returned')), task TEXT NOT NULL,
        opened TEXT NOT NULL, closed TEXT NOT NULL, opened_at TEXT NOT NULL, changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL, closed_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE item_event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL REFERENCES item (id), round INTEGER NOT NULL,
        at TEXT NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL, state TEXT NOT NULL, comment TEXT NOT NULL,
        task TEXT NOT NULL, reading TEXT NOT NULL) STRICT""",
    """CREATE TABLE item_file (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL REFERENCES item (id), round INTEGER NOT NULL,
        sha256 TEXT NOT NULL REFERENCES file (sha256), name TEXT NOT NULL, note TEXT NOT NULL, user TEXT NOT NULL,
        at TEXT NOT NULL) STRICT""",
    "CREATE INDEX item_event_of ON item_event (item)",
    "CREATE INDEX item_file_of ON item_file (item)",
    *(
        f"CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table} BEGIN SELECT RAISE(ABORT, '台账的历史和佐证不能改'); END"
        for table in ("item_event", "item_file")
        for word in ("update", "delete")
    ),
    # A row that replaces another one need not fire the trigger for deleting it (recursive_triggers).
    *(
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '台账的历史和佐证不能改'); END"""
        for table in ("item_event", "item_file")
    ),
    """CREATE TABLE tally (
        id INTEGER PRIMARY KEY AUTOINCREMENT, month TEXT NOT NULL, kind TEXT NOT NULL, value INTEGER, note TEXT NOT NULL,
        user TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
    """CREATE TABLE bulletin (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('work', 'week', 'day')),
        state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'dropped')), number INTEGER, day TEXT NOT NULL,
        content TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL, changed_at TEXT NOT NULL,
        issued_at TEXT NOT NULL, issued_by TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT""",
    *(
        f"""CREATE TRIGGER bulletin_no_{word} BEFORE {event} ON bulletin
            WHEN EXISTS (SELECT 1 FROM bulletin WHERE id IN ({rows}) AND state = 'issued')
            BEGIN SELECT RAISE(ABORT, '印发的通报不能改'); END"""
        for word, event, rows in (
            ("update", "UPDATE", "OLD.id, NEW.id"),
            ("delete", "DELETE", "OLD.id"),
            ("replace", "INSERT", "NEW.id"),
        )
    ),
)

# What was tried and is worth keeping: a saved scenario never changes, so that its address always shows the same; only its name and
# note do. `standing` is what came of it when it was saved.
_SCENARIO = (
    """CREATE TABLE scenario (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, note TEXT NOT NULL, content TEXT NOT NULL,
        standing TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL, removed_at TEXT NOT NULL,
        removed_by TEXT NOT NULL) STRICT""",
)

# The screens of a meeting or a wall, in their order. What a deck says may be changed: a wall that shows it follows.
_DECK = (
    """CREATE TABLE deck (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, screens TEXT NOT NULL, changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL, removed INTEGER NOT NULL) STRICT""",
)

# Who may come in, and what was done. A password is kept as its scrypt hash, a log-in and a key of the interface as the SHA-256 of what
# the browser or the program holds: nobody who reads the database can come in with what stands there.
_TRUST = (
    """CREATE TABLE account (
        name TEXT PRIMARY KEY, person TEXT NOT NULL, department TEXT NOT NULL, secret TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('viewer', 'department', 'analyst', 'admin')),
        must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)), disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
        created_at TEXT NOT NULL, changed_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE login (
        key TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name), created_at TEXT NOT NULL,
        seen_at TEXT NOT NULL, expires_at TEXT NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL) STRICT""",
    # Failed tries, for slowing down and locking out; a success clears those of its account.
    """CREATE TABLE attempt (
        id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
    """CREATE TABLE token (
        key TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL,
        expires_at TEXT NOT NULL, used_at TEXT NOT NULL, revoked_at TEXT NOT NULL, revoked_by TEXT NOT NULL) STRICT""",
    "ALTER TABLE event ADD COLUMN address TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE event ADD COLUMN before TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE event ADD COLUMN after TEXT NOT NULL DEFAULT ''",
    *(
        f"""CREATE TRIGGER event_no_{word} BEFORE {event} ON event
            BEGIN SELECT RAISE(ABORT, '操作记录只能增加'); END"""
        for word, event in (("update", "UPDATE"), ("delete", "DELETE"))
    ),
    """CREATE TRIGGER event_no_replace BEFORE INSERT ON event
        WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '操作记录只能增加'); END""",
    "CREATE INDEX event_at ON event (at)",
)

# The same values stand, found six times as quickly where a period was revised often: of a measure and period with demonstration
# values it is asked whether there is a real one, where every one of them was joined to every real one.
_RETIRED = (
    "DROP VIEW current_observation",
    """CREATE VIEW current_observation AS
        SELECT * FROM latest_observation
        WHERE kind = 'real' OR period NOT IN (
            SELECT period FROM (
                SELECT DISTINCT d.measure, d.period FROM observation d CROSS JOIN batch made ON made.id = d.batch
                WHERE made.status = 'published' AND made.kind = 'demo') AS shown
            WHERE EXISTS (
                SELECT 1 FROM observation r CROSS JOIN batch b ON b.id = r.batch
                WHERE r.measure = shown.measure AND r.period = shown.period AND b.status = 'published'
                AND b.kind = 'real'))""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (*_CATALOG, *_VALUES),
    _INTAKE,
    _COMMITMENT,
    _RECTIFICATION,
    _SCENARIO,
    _DECK,
    _TRUST,
    _RETIRED,
)
