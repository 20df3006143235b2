/** What Earmark uses of a package that may be missing. */
declare module '@aws-sdk/client-s3' {
  import type { Readable } from 'node:stream';

  export class ListObjectsV2Command {
    readonly kind: 'list';
    constructor(input: { Bucket: string; Prefix: string; ContinuationToken: string | undefined });
  }

  export class GetObjectCommand {
    readonly kind: 'get';
    constructor(input: { Bucket: string; Key: string });
  }

  interface ObjectPage {
    readonly Contents?: readonly { readonly Key?: string; readonly Size?: number; readonly LastModified?: Date }[];
    readonly NextContinuationToken?: string;
  }

  export class S3Client {
    constructor(options: { region: string; forcePathStyle: boolean });
    send(command: ListObjectsV2Command): Promise<ObjectPage>;
    send(command: GetObjectCommand): Promise<{ readonly Body: Readable }>;
  }
}
