import { type BaseIssue, type GenericSchema, getDotPath, type InferOutput, safeParse } from 'valibot';

/** What is wrong with a value of unknown origin. */
export interface ValueFault {
  /** Path to the part that is wrong, `labels.3.name`; empty for the whole value. */
  readonly where: string;
  readonly why: BadValueReason;
  /** What a schema expects there: `number`, `>=1`, `52`. */
  readonly expected?: string;
}

/**
 * Why a value cannot be used. Schemas find the first six themselves. The others are rules of one contract; its schema's
 * `check` gives them in place of a message.
 */
export type BadValueReason =
  | 'missing'
  | 'wrong-type'
  | 'unknown-choice'
  | 'out-of-range'
  | 'wrong-length'
  | 'wrong-form'
  | 'not-power-of-two'
  | 'hop-beyond-fft'
  | 'empty-range'
  | 'ends-before-start'
  | 'beyond-half-rate'
  | 'no-such-label'
  | 'own-parent'
  | 'other-labels-first'
  | 'label-twice'
  | 'twice'
  | 'scale-too-large';

/** An unusable value of unknown origin; the fields are those of {@link ValueFault}. */
export class BadValue extends TypeError {
  constructor(
    readonly where: string,
    readonly why: BadValueReason,
    readonly expected?: string,
  ) {
    super(`${where === '' ? 'it' : `“${where}”`} is refused: ${why}${expected === undefined ? '' : ` (${expected})`}`);
  }

  /** The same as data, for a problem. */
  get fault(): ValueFault {
    const { where, why, expected } = this;
    return { where, why, ...(expected !== undefined && { expected }) };
  }
}

/** Why something from outside cannot be used, for a problem: the fault of a value, or else a detail for bug reports. */
export interface Cause {
  readonly detail: string;
  readonly fault?: ValueFault;
}

/** An error's explanation of what could not be used. */
export function causeOf(error: unknown): Cause {
  return error instanceof BadValue ? { detail: '', fault: error.fault } : { detail: (error as Error).message };
}

/**
 * A value of unknown origin in the form that a schema requires. Fields that the schema does not name are left out.
 *
 * @throws BadValue at the first part that is wrong.
 */
export function validate<Schema extends GenericSchema>(schema: Schema, value: unknown): InferOutput<Schema> {
  const result = safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new BadValue(getDotPath(issue) ?? '', reasonOf(issue), expectedBy(issue));
}

function reasonOf(issue: BaseIssue<unknown>): BadValueReason {
  if (issue.type === 'check') return issue.message as BadValueReason;
  if (issue.received === 'undefined') return 'missing';
  if (issue.type === 'picklist' || issue.type === 'literal') return 'unknown-choice';
  if (issue.kind === 'schema') return 'wrong-type';
  if (issue.type.endsWith('length') || issue.type === 'non_empty') return 'wrong-length';
  return issue.type === 'regex' ? 'wrong-form' : 'out-of-range';
}

function expectedBy({ type, expected }: BaseIssue<unknown>): string | undefined {
  // A pattern tells a person nothing, and for a missing field only its name is expected.
  return type === 'regex' || expected?.startsWith('"') ? undefined : (expected ?? undefined);
}
