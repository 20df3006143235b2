import { securityHeaders } from '../shared/lib/security-headers';

/**
 * The same response with Earmark's headers, which some hosts cannot send: workers need them as much as the page does.
 */
export function withSecurityHeaders(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
