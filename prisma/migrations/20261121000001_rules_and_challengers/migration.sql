-- Rules, lists, and what scores in shadow.
-- CreateTable
CREATE TABLE "rule_set_version" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "body" JSONB NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_set_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_entry" (
    "id" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_name" TEXT NOT NULL,
    "added_by_id" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "added_revision" BIGINT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "removed_by_name" TEXT,
    "removed_by_id" TEXT,
    "removed_revision" BIGINT,

    CONSTRAINT "list_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_revision" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "revision" BIGINT NOT NULL,

    CONSTRAINT "list_revision_pkey" PRIMARY KEY ("only")
);

-- What a decision was made with. Without foreign keys: versions are never deleted, and a check of each would cost
-- every decision a look-up.
-- AlterTable
ALTER TABLE "decision" ADD COLUMN "rule_set_version_id" TEXT,
ADD COLUMN "list_revision" BIGINT,
ADD COLUMN "challenger_version_id" TEXT,
ADD COLUMN "challenger_score" DOUBLE PRECISION;

-- CreateIndex
CREATE UNIQUE INDEX "rule_set_version_number_key" ON "rule_set_version"("number");

-- CreateIndex
CREATE UNIQUE INDEX "list_entry_added_revision_key" ON "list_entry"("added_revision");

-- CreateIndex
CREATE UNIQUE INDEX "list_entry_removed_revision_key" ON "list_entry"("removed_revision");

-- CreateIndex
CREATE INDEX "list_entry_list_added_revision_idx" ON "list_entry"("list", "added_revision" DESC);

-- CreateIndex
CREATE INDEX "list_entry_list_kind_value_idx" ON "list_entry"("list", "kind", "value");

-- One active rule set, one draft, one challenger, and a value on a list once.
CREATE UNIQUE INDEX "rule_set_version_one_of_each" ON "rule_set_version" ("status") WHERE "status" IN ('active', 'draft');
CREATE UNIQUE INDEX "model_version_one_challenger" ON "model_version" ("status") WHERE "status" = 'challenger';
CREATE UNIQUE INDEX "list_entry_once" ON "list_entry" ("list", "kind", "value") WHERE "removed_at" IS NULL;

-- Decisions that a rule or a list hit, and those that a challenger scored, are found without reading the others.
CREATE INDEX "decision_rule_hits" ON "decision" ("scored_at" DESC) WHERE "rules" <> '[]'::jsonb;
CREATE INDEX "decision_challenger" ON "decision" ("challenger_version_id", "seq" DESC) WHERE "challenger_version_id" IS NOT NULL;

INSERT INTO "list_revision" ("revision") VALUES (0);

-- What decisions name is never rewritten. Statements are split at semicolons, hence the escaped ones.
CREATE FUNCTION refuse_change_of_rules() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN IF OLD.status <> \'draft\' AND (TG_OP = \'DELETE\' OR NEW.body <> OLD.body) THEN RAISE EXCEPTION \'an activated rule set is never changed\'\x3b END IF\x3b IF TG_OP = \'DELETE\' THEN RETURN OLD\x3b END IF\x3b RETURN NEW\x3b END\x3b';
CREATE TRIGGER rule_set_version_kept BEFORE UPDATE OR DELETE ON "rule_set_version" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_rules();
CREATE FUNCTION refuse_change_of_list() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN IF TG_OP = \'DELETE\' OR OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL OR (NEW.id, NEW.list, NEW.kind, NEW.value, NEW.reason, NEW.added_at, NEW.added_by_name, NEW.added_by_id, NEW.expires_at, NEW.added_revision) IS DISTINCT FROM (OLD.id, OLD.list, OLD.kind, OLD.value, OLD.reason, OLD.added_at, OLD.added_by_name, OLD.added_by_id, OLD.expires_at, OLD.added_revision) THEN RAISE EXCEPTION \'an entry of a list can only be removed, once\'\x3b END IF\x3b RETURN NEW\x3b END\x3b';
CREATE TRIGGER list_entry_append_only BEFORE UPDATE OR DELETE ON "list_entry" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_list();
