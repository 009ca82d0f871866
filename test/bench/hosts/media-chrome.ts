/** The elements of media-chrome's player, without a video. */
import 'media-chrome';
