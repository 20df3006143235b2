import { describe, expect, it } from 'vitest';
import { readStartTime } from '../../../src/sound/start-time';
import { bytesSource } from '../support/byte-source';
import { encodeWav, sine } from '../support/wav';

/** A WAV file with one more chunk behind its samples. */
function wavWith(id: string, content: Buffer): Buffer {
  const header = Buffer.from(`${id}    `, 'latin1');
  header.writeUInt32LE(content.length, 4);
  const wav = encodeWav([sine(1000, 0.5, 100, 8000)], 8000, 's16');
  return Buffer.concat([wav, header, content, Buffer.alloc(content.length % 2)]);
}

function comment(text: string): Buffer {
  const content = Buffer.from(`INFOICMT    ${text}\0`, 'latin1');
  content.writeUInt32LE(text.length + 1, 8);
  return wavWith('LIST', content);
}

function guano(text: string): Buffer {
  return wavWith('guan', Buffer.from(`GUANO|Version: 1.0\n${text}\nNote: wet`));
}

function bext(date: string, time: string): Buffer {
  const content = Buffer.alloc(602);
  content.write(`${date}${time}`, 320, 'latin1');
  return wavWith('bext', content);
}

describe('the start of a recording', () => {
  it.each([
    ['GUANO', guano('Timestamp: 2021-02-24 19:17:30'), '2021-02-24T19:17:30', undefined, 'guano'],
    ['GUANO with a zone', guano('Timestamp: 2021-02-24T19:17:30.5-03:30'), '2021-02-24T19:17:30', -210, 'guano'],
    ['GUANO in UTC', guano('Timestamp:2021-02-24T19:17:30Z'), '2021-02-24T19:17:30', 0, 'guano'],
    [
      'AudioMoth',
      comment('Recorded at 19:17:30 24/02/2021 (UTC) by AudioMoth 24'),
      '2021-02-24T19:17:30',
      0,
      'comment',
    ],
    [
      'AudioMoth, behind',
      comment('Recorded at 01:02:03 04/05/2022 (UTC-3) by A'),
      '2022-05-04T01:02:03',
      -180,
      'comment',
    ],
    [
      'AudioMoth in India',
      comment('Recorded at 01:02:03 04/05/2022 (UTC+5:30) by A'),
      '2022-05-04T01:02:03',
      330,
      'comment',
    ],
    ['Broadcast Wave', bext('2019-12-31', '23:59:58'), '2019-12-31T23:59:58', undefined, 'bext'],
    ['Broadcast Wave with other signs', bext('2019_12_31', '23-59-58'), '2019-12-31T23:59:58', undefined, 'bext'],
  ])('by %s', async (_, wav, localTime, utcOffsetMinutes, source) => {
    const offset = utcOffsetMinutes === undefined ? {} : { utcOffsetMinutes };
    expect(await readStartTime(bytesSource(wav))).toEqual({ localTime, ...offset, source });
  });

  it.each([
    ['no metadata', encodeWav([sine(1000, 0.5, 100, 8000)], 8000, 's16')],
    ['a clock that was never set', bext('0000-00-00', '00:00:00')],
    ['a day that does not exist', guano('Timestamp: 2021-02-30 19:17:30')],
    ['another comment', comment('a fine day')],
    ['another file', Buffer.from('OggS')],
  ])('is unknown: %s', async (_, wav) => {
    expect(await readStartTime(bytesSource(wav))).toBeUndefined();
  });

  it('is taken from GUANO before Broadcast Wave, because it can have a zone', async () => {
    const both = Buffer.concat([
      bext('2019-12-31', '23:59:58'),
      guano('Timestamp: 2020-01-01 00:59:58+01:00').subarray(244),
    ]);
    expect(await readStartTime(bytesSource(both))).toMatchObject({ source: 'guano', utcOffsetMinutes: 60 });
  });
});
