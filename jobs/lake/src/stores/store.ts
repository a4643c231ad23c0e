/** What a lake needs of an object store, local folder or bucket alike. */

export interface ObjectFacts {
  readonly key: string;
  readonly sizeBytes: number;
  /** What a condition compares. */
  readonly etag: string;
  /** Of the content, lower-case hex. */
  readonly sha256: string;
  /** Of a Parquet object that the store had to read: of the bytes before its footer. */
  readonly bodySha256?: string;
  /** The run that published the object, where the store keeps such a note. */
  readonly runId?: string;
}

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** Changes whenever the content may have changed; cheap to get, and not the etag of {@link ObjectFacts} on every store. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** Some bytes of an object that a run staged. */
export interface ObjectRange {
  readonly object: ListedObject;
  readonly startByte: number;
  /** Exclusive. */
  readonly endByte: number;
}

/** What an object is put together of. */
export type Piece = ObjectRange | Uint8Array;

/** An entry of a folder that is neither an object nor a folder, or that cannot be looked at. */
export interface OtherEntry {
  readonly name: string;
  /** Such as `a socket`. */
  readonly is: string;
}

export interface FolderListing {
  readonly objects: readonly ListedObject[];
  /** Names of the folders directly below; '' where a key has two slashes in a row. */
  readonly folders: readonly string[];
  readonly others: readonly OtherEntry[];
}

export type Condition = { readonly kind: 'absent' } | { readonly kind: 'etag'; readonly etag: string };

/** Answers of a conditional request; only what no caller can handle is thrown. */
export type Answer =
  | 'ok'
  /** The condition does not hold (412). */
  | 'refused'
  /** An object of the request does not exist (404). */
  | 'missing'
  /** Another request was under way (409). */
  | 'conflict'
  /** The store failed (5xx): it may have acted or not. */
  | 'failed'
  /** No answer came: it may have acted or not. */
  | 'no-answer';

export interface PublishNote {
  readonly runId: string;
  readonly sha256: string;
}

/** What is to be published: a staged object, and its content where the job made it itself. */
export interface Publishable {
  readonly key: string;
  /** Spares the store a copy: small content goes along with the conditional request. */
  readonly content?: Uint8Array | undefined;
}

/** One kept state of an object; delete markers are left out. */
export interface ObjectVersion {
  readonly versionId: string;
  readonly modifiedAt: Date;
  readonly sizeBytes: number;
  readonly isCurrent: boolean;
  readonly runId?: string | undefined;
  readonly sha256?: string | undefined;
}

/** Earlier states of objects, where the store keeps them. */
export interface Versions {
  /** The newest first. @throws LakeError config where the store keeps no versions of this bucket */
  list(key: string): Promise<ObjectVersion[]>;
  /** Server-side copy of a version to a staged key. */
  stage(key: string, versionId: string, stagedKey: string): Promise<void>;
}

/** A multipart upload that was begun and neither completed nor aborted. */
export interface Upload {
  readonly key: string;
  readonly uploadId: string;
  readonly startedAt: Date;
}

export interface Uploads {
  list(): Promise<Upload[]>;
  abort(upload: Upload): Promise<void>;
}

/** What the bucket should do by itself. */
export interface BucketPolicies {
  readonly versioning: boolean;
  /** `none` leaves the bucket's default as it is. */
  readonly encryption: 'none' | 'sse-s3' | 'sse-kms';
  /** After how many days staging is removed, and unfinished uploads are aborted. */
  readonly stagingDays: number;
  /** After how many days a version that is no longer current is removed; only where versioning is on. */
  readonly oldVersionDays: number;
}

/** With the parts of the bucket that are ours; prefixes of keys. */
export interface StorePolicies extends BucketPolicies {
  readonly folders: {
    readonly staging: readonly string[];
    readonly published: readonly string[];
    /** Others upload to it. */
    readonly landing: string | undefined;
  };
}

export interface PolicyOutcome {
  readonly policy: 'versioning' | 'encryption' | 'lifecycle';
  readonly outcome: 'set' | 'already set' | 'not asked for' | 'not supported by this store';
  readonly detail?: string | undefined;
}

export interface ObjectStore {
  /** Undefined where the store has no such thing, as a local folder. */
  readonly versions?: Versions | undefined;
  readonly uploads?: Uploads | undefined;
  /** Sets what differs. @param isDryRun only says what would be set */
  applyPolicies?(policies: StorePolicies, isDryRun: boolean): Promise<PolicyOutcome[]>;
  /** The root, as messages name it. */
  readonly uri: string;
  /** True where a Spark server must mount the same folder to see it. */
  readonly isLocal: boolean;
  /** What Spark is given for a key. */
  url(key: string): string;
  head(key: string): Promise<ObjectFacts | undefined>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** @param endByte exclusive */
  readRange(key: string, startByte: number, endByte: number): Promise<Uint8Array>;
  /** All objects below a prefix, in the order of their keys. */
  list(prefix: string): Promise<ListedObject[]>;
  /** What lies directly in a folder; undefined where there is no such folder. */
  listFolder(prefix: string): Promise<FolderListing | undefined>;
  /** For keys that belong to one run alone. */
  put(key: string, content: Uint8Array): Promise<void>;
  /** Server-side copy or move of a staged object to a key that belongs to one run alone. */
  place(stagedKey: string, key: string): Promise<void>;
  /**
   * One object out of pieces, for a key that belongs to one run alone. What lies in the store already is copied by it where
   * it takes the request.
   */
  concatenate(pieces: readonly Piece[], key: string): Promise<void>;
  /** One conditional request with the content at hand. */
  putIf(key: string, content: Uint8Array, condition: Condition): Promise<Answer>;
  /** One conditional request that makes a staged object the object at `key`. */
  publish(staged: Publishable, key: string, condition: Condition, note: PublishNote): Promise<Answer>;
  /** Everything below the prefix; nothing there is no error. */
  removeAll(prefix: string): Promise<void>;
  /** Looks at the root before anything is read, so that a wrong key never looks like "no data". @throws LakeError */
  assertReachable(): Promise<void>;
  /** Nothing to do where no encryption is asked for. @throws LakeError config where the object is not encrypted as it should be */
  assertEncrypted?(key: string): Promise<void>;
  /** Also that conditions are kept, unless the configuration promises a single writer. @throws LakeError config where nothing can be written */
  assertWritable(): Promise<void>;
}
