import '../kit/table/earmark-table';
import { html, nothing, type TemplateResult } from 'lit';
import { lexer, type Token, type Tokens } from 'marked';
import type { Cell, TableData } from '../kit/table/table-data';

/**
 * Renders Markdown as templates: its text becomes text, never markup. Raw HTML and pictures are left out, and links to
 * anything but web pages become text.
 *
 * @param topLevel heading level for `#`, so that the text fits under the page's own headings.
 */
export function drawMarkdown(text: string, topLevel: number): TemplateResult {
  const tokens = lexer(text);
  const headingOf = (place: number): string => {
    const last = tokens.slice(0, place).findLast(({ type }) => type === 'heading');
    return last ? plainText(last) : '';
  };
  return html`${tokens.map((token, place) =>
    token.type === 'table' ? table(token as Tokens.Table, headingOf(place)) : block(token, topLevel),
  )}`;
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
      return table(token as Tokens.Table, '');
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

/** @param name the heading that the table stands under. */
function table({ header, rows }: Tokens.Table, name: string) {
  const data: TableData = {
    name,
    columns: header.map(plainText),
    rows: rows.map((row) => row.map(cell)),
  };
  return html`<earmark-table .data=${data}></earmark-table>`;
}

function cell(token: Tokens.TableCell): Cell {
  const text = plainText(token);
  const value = /^[-−]?\d+(\.\d+)?$/.test(text) ? Number(text.replace('−', '-')) : text;
  return { value, shown: token.tokens.map(span) };
}

/** What a token says, without its marks. */
function plainText(token: Token | Tokens.TableCell): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(plainText).join('');
  if (!('text' in token) || ('type' in token && ['html', 'image'].includes(token.type))) return '';
  return token.text;
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
