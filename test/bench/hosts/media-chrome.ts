/** The elements of media-chrome's player, without a film. */
import 'media-chrome';
