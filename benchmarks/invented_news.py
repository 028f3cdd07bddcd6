"""Invented sentences of news, for archives where no corpora lie beside the repository."""

ORDINARY = """
The bakery on the main street of Ashford has won a prize for its rye bread, the chamber of commerce announced.
Growers around Ashford brought in 24 lorries of onions this season, more than in any year since 2011.
The council of Lowell voted on Tuesday to repair the bridge over the canal before the winter.
A new bus line will take pupils from Lowell to the college in Dover from March 4 on.
The library in Dover opens its reading room again after seven months, its head Helen Brook said.
Swimmers from Ashford won three medals at the championship, and their coach hopes for more next year.
The water office measured the river at 312 centimetres, 18 less than a week before.
Ticket prices for the ferry to Salem go up by 5 percent at the end of the month.
Volunteers planted 400 trees along the road between Lowell and Salem at the weekend.
The museum shows paintings of the harbour that have not been seen since 1987.
Engineers expect the tram to Dover to run again from Friday on, once the cables have been replaced.
The choir of the teachers' college sings in the town hall on September 12, and entry is free.
A firm that makes bicycle bells will hire 35 people and build a second workshop in Salem.
Unemployment in the district fell to 6 percent, the lowest figure in nine years.
The market hall gets a new roof, for which the bank lends 900,000 over twelve years.
Farmers say that the late frost has cost them a third of the cherries.
The doctor's practice in Ashford closes because nobody could be found to take it over.
Two chess players from Dover, Marta Lindgren and Omar Haddad, drew after 71 moves.
The weather service expects showers in the north and sunshine along the coast until Thursday.
The university offers a course on beekeeping, and 48 students have signed up for it.
The dairy has been sold to a company from Salem that promises to keep all 120 workers.
The mayor of Lowell, Grace Okoro, opened the renovated swimming pool on Saturday.
The village of Dover celebrates its 800 years with a fair, a race and a concert.
The telephone company laid 60 kilometres of cable to connect the villages in the hills.
A survey found that four in ten households heat with wood.
The football club signed the goalkeeper Luka Maric, 22, from a club of the second division.
Residents complain about lorries at night and ask for a road around the town.
The film, made in Ashford with pensioners as actors, runs in 40 cinemas.
The hospital of Salem has bought an apparatus that shows the heart while it beats.
The court in Lowell ruled that the shop may open on Sundays before Christmas.
The orchard association gives away old kinds of apple trees on October 9.
The train company blames missing drivers for the 14 cancelled connections.
The novelist Nadia Petrova reads from her book about lighthouses in the old mill.
The central bank left its rate at 4 percent and spoke of stable prices.
Scientists counted 67 kinds of birds at the lake, eleven more than ten years ago.
The price of a loaf has risen from 2 to 3 coins within five years, the consumers' office said.
Cyclists get a lane of their own on the bridge, and parking places go.
The carpenter Tomas Varga has built a clock of 1,500 pieces of wood.
The festival of lanterns draws 20,000 visitors to Dover each June.
The power plant was switched off for maintenance and is to work again in three weeks.
The school garden delivers tomatoes and beans to the kitchen of the old people's home.
Astronomers at the observatory near Salem saw a comet that comes back every 76 years.
The tax on dogs stays as it is, the finance committee of Lowell decided.
The theatre plays a comedy about a postman who cannot read.
The harbour handled 3 million tonnes of grain, twice as much as in 2014.
Nurses of the clinic collected 8,000 for a playground.
The ski lift closes early because there is no snow.
The brewery celebrates 150 years and opens its cellars to visitors on Sunday.
Apprentices from five workshops restored the organ of the chapel.
The railway station gets lifts, the transport ministry told the council in a letter.
The company's shares rose by 7 percent after it had raised its forecast for the year.
An exhibition of kites from 19 countries opens on the beach on Monday.
The veterinary office advises owners to have their cats vaccinated.
The youth orchestra travels to Dover with 63 musicians and plays at the town festival.
The parliament discusses a law on the labels of food, and a vote is expected in November.
The bridge toll of 2 coins is abolished from January on.
The oldest woman of Ashford, Irene Hobbs, has turned 107 and likes to play cards.
A storm took tiles off roofs, and the fire brigade pumped water out of cellars.
The greenhouse grows pineapples with the warmth of the paper mill.
The town's archive has put 9,000 photographs of streets and families on its pages.
"""

VIOLENT = """
The attackers came on twelve motorcycles and rode off towards Mopti.
Soldiers searched houses in Bama until the evening and arrested nine men.
The road from Mopti to Bama was closed for two days after the fighting.
The dead were buried on Friday in the presence of the governor, Ibra Tondi.
Residents said that the shooting had lasted 40 minutes before the army came.
The army said that it had killed six attackers and seized three rifles.
A nurse, Amina Halidou, said that the clinic had run out of bandages.
A survivor, Yusuf Maro, said that he had hidden under a lorry until the gunmen left.
The militants had warned villagers in leaflets not to speak with the police.
Schools in Bama stay shut until March 9, and 300 families have fled to Mopti.
Two days before, a convoy of the army had been ambushed on the same road.
The group took up arms in 2014 and holds villages along the border.
An army helicopter fired on the fleeing fighters near Bama, a spokesman said.
The police defused a second device that had been hidden in a handcart.
Human rights observers asked for an inquiry into the deaths.
The insurgents burned five houses and stole 80 cattle.
The governor imposed a curfew from dusk to dawn on Tuesday.
The opposition accused the government of leaving the province without protection.
A teacher who was abducted in the raid was released on Thursday.
The ministry of defence put the number of wounded soldiers at four.
"""
