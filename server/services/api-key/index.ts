export {
  type CreateApiKeyInput,
  type CreatedApiKey,
  createApiKey,
  type GeneratedKey,
} from "./create-api-key.ts";
export { listApiKeys } from "./list-api-keys.ts";
export { revokeApiKey } from "./revoke-api-key.ts";
export type { ApiKeyView } from "./view.ts";
