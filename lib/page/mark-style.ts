/** What the mark is called in `CSS.highlights`. */
export const markName = 'visavis';

/**
 * The mark's colours. The panel gives them to the page as the reader's own style: so they hold
 * under any content security policy, and in shadow roots too.
 */
export const markStyle = `::highlight(${markName}) { background-color: #ffe3a3; color: #1d1b18; }`;
