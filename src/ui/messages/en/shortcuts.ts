/** English texts of the list of keyboard shortcuts. */
export const shortcutsTexts = {
  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close keyboard shortcuts',
    off: 'You can turn them off in Settings.',
    what: {
      toggle: 'Start or stop listening',
      keep: 'Keep the last seconds while listening',
      freeze: 'Freeze the last two minutes, or go back to now (space bar works too)',
      filter: 'Filter the sounds by name',
      wall: 'Show the strongest sounds in full screen',
      help: 'Show this list',
    },
    goTo: (view: string) => `Go to ${view}`,
  },
};
