export declare function pruneTypes(texts: ReadonlyMap<string, string>, entries: readonly string[]): Map<string, string>;
