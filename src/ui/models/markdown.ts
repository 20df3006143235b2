import '../kit/earmark-scroll';
import { html, nothing, type TemplateResult } from 'lit';
import { lexer, type Token, type Tokens } from 'marked';

/**
 * Renders Markdown as templates: its text becomes text, never markup. Raw HTML and pictures are left out, and links to
 * anything but web pages become text.
 *
 * @param topLevel heading level for `#`, so that the text fits under the page's own headings.
 */
export function drawMarkdown(text: string, topLevel: number): TemplateResult {
  return html`${lexer(text).map((token) => block(token, topLevel))}`;
}

function block(token: Token, topLevel: number): unknown {
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading, topLevel);
    case 'paragraph':
      return html`<p>${words(token)}</p>`;
    case 'code':
      // Scrollable content must be reachable by keyboard.
      return html`<pre tabindex="0"><code>${(token as Tokens.Code).text}</code></pre>`;
    case 'list':
      return list(token as Tokens.List, topLevel);
    case 'table':
      return table(token as Tokens.Table);
    case 'blockquote':
      return html`<blockquote>${(token as Tokens.Blockquote).tokens.map((inner) => block(inner, topLevel))}</blockquote>`;
    case 'text':
      return words(token);
    default:
      return nothing;
  }
}

function heading(token: Tokens.Heading, topLevel: number) {
  const level = Math.min(6, topLevel + token.depth - 1);
  if (level <= 2) return html`<h2>${words(token)}</h2>`;
  if (level === 3) return html`<h3>${words(token)}</h3>`;
  if (level === 4) return html`<h4>${words(token)}</h4>`;
  return html`<h5>${words(token)}</h5>`;
}

function list({ ordered, items }: Tokens.List, topLevel: number) {
  const rows = items.map((item) => html`<li>${item.tokens.map((token) => block(token, topLevel))}</li>`);
  return ordered ? html`<ol>${rows}</ol>` : html`<ul>${rows}</ul>`;
}

function table({ header, rows }: Tokens.Table) {
  return html`
    <earmark-scroll class="table">
      <table>
        <thead>
          <tr>${header.map((cell) => html`<th scope="col">${cell.tokens.map(span)}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell.tokens.map(span)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </earmark-scroll>
  `;
}

/** A token's content, or its text if it has no child tokens. */
function words(token: Token): unknown {
  return 'tokens' in token && token.tokens ? token.tokens.map(span) : (token as Tokens.Text).text;
}

/** An inline token. */
function span(token: Token): unknown {
  switch (token.type) {
    case 'strong':
      return html`<strong>${words(token)}</strong>`;
    case 'em':
      return html`<em>${words(token)}</em>`;
    case 'codespan':
      return html`<code>${words(token)}</code>`;
    case 'br':
      return html`<br />`;
    case 'link': {
      const { href } = token as Tokens.Link;
      if (!/^https?:\/\//.test(href)) return words(token);
      return html`<a href=${href} target="_blank" rel="noopener noreferrer">${words(token)}</a>`;
    }
    case 'html':
    case 'image':
      return nothing;
    default:
      return words(token);
  }
}
