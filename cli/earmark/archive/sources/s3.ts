import type { Readable } from 'node:stream';
import { UsageError } from '../../../command';
import { isSoundName } from '../../find/sound-names';
import type { RemoteFile } from './remote-file';
import { saveStream } from './save-stream';
import { SourceGone } from './source-gone';

/** Faults of a request that say nothing about its object. */
const bucketFaults = new Set(['NoSuchBucket', 'SlowDown', 'ServiceUnavailable', 'InternalError', 'RequestTimeout']);
/** Faults of who asks, or of the machine's clock: no object is to blame, and new credentials mend them. */
const credentialFaults = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

export function isBucket(place: string): boolean {
  return place.startsWith('s3://');
}

/** All sounds below a prefix. */
export async function* listBucket(source: string): AsyncGenerator<RemoteFile> {
  const { ListObjectsV2Command } = await sdk();
  const client = await openClient();
  const { bucket, key } = placeOf(source);
  let token: string | undefined;
  do {
    const page = await client
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, ContinuationToken: token }))
      .catch((error: Error) => {
        throw new UsageError(
          `${source} cannot be listed (${error.name}: ${error.message}): look at the name, AWS_REGION and the credentials`,
        );
      });
    for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
      if (!isSoundName(Key)) continue;
      yield { path: `s3://${bucket}/${Key}`, bytes: Size, ...(LastModified && { modifiedMs: LastModified.getTime() }) };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** Copies an object. */
export async function fetchObject(path: string, target: string, onBytes: () => void): Promise<number> {
  const { GetObjectCommand } = await sdk();
  const client = await openClient();
  const { bucket, key } = placeOf(path);
  const open = async (): Promise<Readable> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((error: Error) => {
      throw faultOf(bucket, error);
    });
    return Body;
  };
  const body = await open();
  try {
    return await saveStream(body, target, onBytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).path === target) throw error;
    // If the server is away, no file is to blame. One that answers, but sends only a part, would do so for ever.
    (await open()).destroy();
    throw new Error('cannot be fetched as a whole: the server ends too early', { cause: error });
  }
}

/** @returns SourceGone if the object is not to blame. */
function faultOf(bucket: string, error: Error & { $metadata?: { httpStatusCode?: number } }): Error {
  const { name, message, $metadata } = error;
  if (credentialFaults.has(name)) {
    return new SourceGone(`s3://${bucket} refuses the credentials (${name}): start \`work\` with valid ones`, {
      cause: error,
    });
  }
  // Without an answer of the server, it is away.
  if ($metadata?.httpStatusCode === undefined || bucketFaults.has(name)) {
    return new SourceGone(`s3://${bucket} does not answer (${name}: ${message})`, { cause: error });
  }
  return new Error(`cannot be fetched (${name})`, { cause: error });
}

function placeOf(address: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  if (bucket === '') throw new UsageError(`“${address}” names no bucket: s3://BUCKET/PREFIX`);
  return { bucket, key };
}

/** It is not part of the package: most people need none of its 20 MB. */
async function sdk(): Promise<typeof import('@aws-sdk/client-s3')> {
  return import('@aws-sdk/client-s3').catch((cause: unknown) => {
    throw new UsageError('s3:// needs AWS’s SDK beside Earmark: npm install --global @aws-sdk/client-s3', { cause });
  });
}

/** Servers that only speak like S3 have no address for each bucket. */
async function openClient(): Promise<import('@aws-sdk/client-s3').S3Client> {
  const { S3Client } = await sdk();
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, AWS_REGION = 'us-east-1' } = process.env;
  return new S3Client({ region: AWS_REGION, forcePathStyle: Boolean(AWS_ENDPOINT_URL ?? AWS_ENDPOINT_URL_S3) });
}
