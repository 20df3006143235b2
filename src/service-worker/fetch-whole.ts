/** Fetches a file, all of it. @returns undefined if it cannot be fetched, or is no longer wanted. */
export async function fetchWhole(url: string, options: RequestInit): Promise<Response | undefined> {
  try {
    const response = await fetch(url, options);
    if (!response.ok) return undefined;
    return new Response(await response.blob(), response);
  } catch {
    return undefined;
  }
}
