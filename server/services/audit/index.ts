export { ListAuditInput, listAudit } from "./list-audit.ts";
