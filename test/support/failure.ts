import { EarmarkError, problemOf } from '../../src/shared/contracts/messages/problem';
import { en } from '../../src/ui/messages/en';

/** The name of what a promise fails with, and what the page says of it in English. */
export async function failureOf(promise: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message: error instanceof EarmarkError ? en.problemText(problemOf(error)) : message };
  }
  throw new Error('it did not fail');
}
