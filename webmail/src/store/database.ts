// What is kept in the browser between visits. Losing it costs time, never a letter.

const NAME = 'facteur';
const VERSION = 1;
const TABLES = ['page', 'meta', 'ops', 'drafts', 'people'] as const;
export type Table = (typeof TABLES)[number];

/** A table by key; all of it is dropped when somebody else signs in. */
export interface Database {
  get<T>(table: Table, key: string): Promise<T | undefined>;
  put(table: Table, key: string, value: unknown): Promise<void>;
  remove(table: Table, key: string): Promise<void>;
  all<T>(table: Table): Promise<[string, T][]>;
  clear(): Promise<void>;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  });
}

class Kept implements Database {
  constructor(private readonly db: IDBDatabase) {}

  private table(table: Table, mode: IDBTransactionMode): IDBObjectStore {
    return this.db.transaction(table, mode, { durability: 'relaxed' }).objectStore(table);
  }
  get<T>(table: Table, key: string): Promise<T | undefined> {
    return done<T | undefined>(this.table(table, 'readonly').get(key));
  }
  async put(table: Table, key: string, value: unknown): Promise<void> {
    await done(this.table(table, 'readwrite').put(value, key));
  }
  async remove(table: Table, key: string): Promise<void> {
    await done(this.table(table, 'readwrite').delete(key));
  }
  async all<T>(table: Table): Promise<[string, T][]> {
    const store = this.table(table, 'readonly');
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return keys.map((key, i) => [String(key), values[i] as T]);
  }
  async clear(): Promise<void> {
    for (const table of TABLES) await done(this.table(table, 'readwrite').clear());
  }
}

/** Where the browser keeps nothing (private windows of some): as long as the page lives. */
export class InMemory implements Database {
  private readonly tables = new Map<Table, Map<string, unknown>>(TABLES.map((table) => [table, new Map()]));
  async get<T>(table: Table, key: string): Promise<T | undefined> {
    return this.tables.get(table)?.get(key) as T | undefined;
  }
  async put(table: Table, key: string, value: unknown): Promise<void> {
    this.tables.get(table)?.set(key, structuredClone(value));
  }
  async remove(table: Table, key: string): Promise<void> {
    this.tables.get(table)?.delete(key);
  }
  async all<T>(table: Table): Promise<[string, T][]> {
    return [...(this.tables.get(table) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)) as [string, T][];
  }
  async clear(): Promise<void> {
    for (const table of this.tables.values()) table.clear();
  }
}

export async function openDatabase(): Promise<Database> {
  try {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const table of TABLES) {
        if (!request.result.objectStoreNames.contains(table)) request.result.createObjectStore(table);
      }
    };
    return new Kept(await done(request));
  } catch {
    return new InMemory();
  }
}
