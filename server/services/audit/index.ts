export { type AuditPage, type AuditRow, ListAuditInput, listAudit } from "./list-audit.ts";
