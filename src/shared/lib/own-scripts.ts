/** The part of Trusted Types that Earmark uses. TypeScript does not have it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * Lets workers start only from Earmark's own address, whoever starts them. Text never becomes a script.
 *
 * If the browser has Trusted Types and the page requires them, every script URL goes through this rule. Call it once in
 * each thread that starts workers, before it starts one.
 */
export function allowOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      const { origin } = new URL(url, location.href);
      if (origin === location.origin) return url;
      throw new TypeError(`Earmark runs no script of ${origin}`);
    },
  });
}
