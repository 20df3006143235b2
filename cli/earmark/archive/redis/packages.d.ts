/** What Earmark uses of packages that are installed with `npm ci --prefix cli`: types are checked without them, too. */
declare module 'ioredis' {
  export class Redis {
    constructor(
      url: string,
      options: {
        lazyConnect: boolean;
        maxRetriesPerRequest: null;
        connectTimeout: number;
        retryStrategy: (attempt: number) => number | null;
      },
    );
    connect(): Promise<void>;
    info(): Promise<string>;
    get(key: string): Promise<string | null>;
    set(key: string, value: string): Promise<unknown>;
    disconnect(): void;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'ready', listener: () => void): this;
  }
}

declare module 'bullmq' {
  import type { Redis } from 'ioredis';

  interface JobOptions {
    readonly jobId: string;
    readonly attempts: number;
    readonly removeOnComplete: boolean;
    readonly removeOnFail: boolean;
    readonly lifo?: boolean;
  }

  export interface Job<Data> {
    readonly data: Data;
    /** Tries that have ended. */
    readonly attemptsMade: number;
    /** How often its worker was lost. */
    readonly stalledCounter: number;
  }

  export class Queue<Data> {
    constructor(name: string, options: { connection: Redis; skipVersionCheck: boolean });
    addBulk(jobs: readonly { name: string; data: Data; opts: JobOptions }[]): Promise<unknown>;
    getJobCounts(...states: string[]): Promise<Record<string, number>>;
    drain(delayed: boolean): Promise<void>;
    close(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export class Worker<Data> {
    constructor(
      name: string,
      processor: (job: Job<Data>) => Promise<void>,
      options: {
        connection: Redis;
        concurrency: number;
        lockDuration: number;
        stalledInterval: number;
        maxStalledCount: number;
        skipVersionCheck: boolean;
      },
    );
    close(force?: boolean): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
  }
}
