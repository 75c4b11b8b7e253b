import { join } from "node:path";
import { type ArtifactStore, diskArtifacts, s3Artifacts } from "./artifact-store.ts";
import { setArtifactStore } from "./artifacts.ts";
import { s3Objects } from "./s3-objects.ts";

/** The settings of the environment that say where artefacts are kept. */
export type ArtifactSettings = {
  readonly ASSAY_DATA_DIR: string;
  /** disk, or s3://bucket/prefix */
  readonly ARTIFACT_STORE: string;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_REGION: string;
  readonly S3_ACCESS_KEY_ID?: string | undefined;
  readonly S3_SECRET_ACCESS_KEY?: string | undefined;
};

/** Lets this process keep artefacts where the environment says. @throws Error when keys for S3 are missing */
export function openArtifacts(settings: ArtifactSettings): void {
  setArtifactStore(storeOf(settings));
}

function storeOf(settings: ArtifactSettings): ArtifactStore {
  const disk = diskArtifacts(join(settings.ASSAY_DATA_DIR, "artifacts"));
  const place = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(settings.ARTIFACT_STORE);
  if (place === null) return disk;
  const [, bucket = "", prefix = ""] = place;
  const {
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = settings;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error("ARTIFACT_STORE is S3: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY too.");
  const endpoint = settings.S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`;
  const credentials = { accessKeyId, secretAccessKey };
  const trimmed = prefix.replace(/\/+$/, "");
  return s3Artifacts(s3Objects({ endpoint, region, bucket, prefix: trimmed, credentials }), disk);
}
