/** The model for old phones and long days on battery. */
export const LIGHT_MODEL = 'earmark-light';
