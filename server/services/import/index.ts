export { importSalt } from "./card-token.ts";
export { CsvFileError } from "./csv-source.ts";
export { DayError, spanOf, type TimeRange, timeRange } from "./day-range.ts";
export { type ImportCounts, importHistory } from "./import-history.ts";
export { loadMapping } from "./load-mapping.ts";
export { type MappedFile, openMappedFile } from "./mapped-rows.ts";
export { type Mapping, MappingError } from "./mapping.ts";
export { RefusalFile, type RefusedRow } from "./refusal-file.ts";
export { rememberImport } from "./remember-import.ts";
